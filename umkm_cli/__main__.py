from umkm_cli.cli.main import main

main()
