# What the commands print cannot speak to the runner.
printf '::stop-commands::%s\n' "$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
