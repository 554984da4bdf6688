"""The languages of Microsoft Entra provisioning: mapping expressions and scoping filters."""
