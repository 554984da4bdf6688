"""What comes in: the shapes in which people keep a provisioning configuration, in one form."""
