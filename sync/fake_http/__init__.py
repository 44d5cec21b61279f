"""What the simulators share: HTTP on this machine, and errors on demand.

server      answers on loopback until it is closed          faults      what goes wrong in a test, and when
"""
