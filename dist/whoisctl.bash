# Completion of whoisctl for bash.

_whoisctl()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local command= words

	case $prev in
	-d) mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
	-s | --control) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
	-f) mapfile -t COMPREPLY < <(compgen -W 'csv ldif' -- "$cur"); return ;;
	--memory | --seed | --as | --count | -n) return ;;
	esac
	((COMP_CWORD == 1)) || command=${COMP_WORDS[1]}
	case $command in
	'') words='load sample query info verify dump rollback schema stats top
		--help --version' ;;
	load) words='-d -f -s --memory --skip-bad --timings' ;;
	sample) words='--seed' ;;
	stats) words='-d --control --prometheus' ;;
	top) words='-d --control -n --count' ;;
	dump) words='-d -f --as' ;;
	query) words='-d --as' ;;
	info | verify | rollback) words='-d' ;;
	*) return ;;
	esac
	if [[ $command = load && $cur != -* ]]; then
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
	else
		mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
	fi
}
complete -o filenames -F _whoisctl whoisctl
