def pytest_configure(config):
    config.addinivalue_line("markers", "slow: takes seconds or needs a package registry")
