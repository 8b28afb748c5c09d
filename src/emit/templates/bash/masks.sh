# ---------------------------------------------------------------- what nobody may read

# Secrets, longest first, so that one that is part of another does not leave a rest.
sort_secrets() {
	local sl_name sl_value sl_part
	for sl_name in $sl_secrets; do
		sl_value=${!sl_name-}
		# A line at a time: output is masked a line at a time. What is too short to be a secret is none within other text.
		while IFS= read -r sl_part || [ -n "$sl_part" ]; do
			if [ "${#sl_part}" -ge 4 ] || [ "$sl_part" = "${sl_value%$'\n'}" ]; then
				sl_masks[${#sl_masks[@]}]=$sl_part
			elif [ -n "$sl_part" ]; then
				sl_short_masks[${#sl_short_masks[@]}]=$sl_part
			fi
		done < <(printf '%s' "$sl_value")
	done
	local sl_i sl_j sl_count=${#sl_masks[@]}
	for ((sl_i = 1; sl_i < sl_count; sl_i++)); do
		sl_part=${sl_masks[sl_i]}
		for ((sl_j = sl_i; sl_j > 0; sl_j--)); do
			[ "${#sl_part}" -gt "${#sl_masks[sl_j - 1]}" ] || break
			sl_masks[sl_j]=${sl_masks[sl_j - 1]}
		done
		sl_masks[sl_j]=$sl_part
	done
}

mask_line() {
	local sl_mask
	sl_masked=$1
	for sl_mask in ${sl_masks[@]+"${sl_masks[@]}"}; do
		[ -z "$sl_mask" ] || sl_masked=${sl_masked//"$sl_mask"/***}
	done
	for sl_mask in ${sl_short_masks[@]+"${sl_short_masks[@]}"}; do
		[ "$1" != "$sl_mask" ] || sl_masked='***'
	done
}

# mask LOG PREFIX: standard input, masked, to LOG and, behind the prefix, to standard output.
mask() {
	local sl_line
	while IFS= read -r sl_line || [ -n "$sl_line" ]; do
		mask_line "$sl_line"
		printf '%s\n' "$sl_masked" >>"$1"
		printf '%s\n' "$2$sl_masked"
	done 2>/dev/null
}
