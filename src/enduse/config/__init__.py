"""The only wiring: typed configuration, Django's settings, addresses, logs and how a process starts and stops."""
