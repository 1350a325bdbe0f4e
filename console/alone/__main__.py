"""`python -m console.alone`, as a checkout runs `personalize-local`."""

from console.alone.command import run

if __name__ == "__main__":
    run()
