"""`python -m sync`: the same as the command `readyline`."""

from sync.cli.commands import main

if __name__ == "__main__":
    main()
