# Whatever these attempts did is not known to other runs, which must not begin as if it were nothing.
mkdir -p stopline-begun/begun
printf '%s %s\n' "$RUN_ID" "$ATTEMPT" >stopline-begun/begun/guard
