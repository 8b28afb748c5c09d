# Whatever fails before this has begun nothing.
printf 'called=stopline-called\n' >>"$GITHUB_OUTPUT"
