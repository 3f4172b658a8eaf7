# Completion of whoisbench for bash.

_whoisbench()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}

	case $prev in
	-h) mapfile -t COMPREPLY < <(compgen -A hostname -- "$cur") ;;
	-q) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
	--protocol) mapfile -t COMPREPLY < <(compgen -W 'whois finger ph' \
	    -- "$cur") ;;
	--from) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
	-p | -c | -n | -t | --rate | --threads | --warm-up | --patience | \
	--check | --idle | --slow | --sources | --pid | --seed | --mix | \
	--skew | --questions | --print | --session | --pipeline) ;;
	*) mapfile -t COMPREPLY < <(compgen -W '-h -p --protocol -q -c
		--session --pipeline -n -t --rate
		--threads --warm-up --patience --check --idle --slow --sources
		--pid --csv --json --random --seed --from --mix --skew
		--questions --verify --print --help --version' \
	    -- "$cur") ;;
	esac
}
complete -o filenames -F _whoisbench whoisbench
