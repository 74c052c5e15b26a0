"""`python -m umkm_cli`; an interrupt while the program is still loading ends like any other."""

import sys

try:
    from umkm_cli.cli.main import main
except KeyboardInterrupt:
    sys.exit(130)

main()
