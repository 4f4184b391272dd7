"""The measurements: ``./yimen.sh bench NAME --json FILE`` runs ``bench/NAME.py`` beside a running platform.

A bench finds its surroundings in the environment: ``BENCH_URL`` (the web server), ``BENCH_DATABASE_URL`` (the login of
the application), ``BENCH_ADMIN_URL`` (the superuser, same database), ``BENCH_POSTGRES`` (the folder with pgbench),
``BENCH_SIGN_INS`` (the file with the demo's sign-ins), and all ``YIMEN_…`` settings. Modules whose names begin with
``_`` are tools of the others.
"""
