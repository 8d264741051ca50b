"""`python -m quotebank` is the command `quotebank`."""

from quotebank.commands import main

if __name__ == "__main__":
    main()
