"""The core: what readyline decides.

No clock, no network, no files, no environment, no logging. Values go in, values come out; everything that
touches the world lives in `sync`.
"""
