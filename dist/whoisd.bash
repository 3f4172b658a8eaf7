# Completion of whoisd for bash.

_whoisd()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local faces

	case $prev in
	-d) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
	-c | --control) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
	-l)
		faces=$(whoisd --help | sed -n 's/^  FACE  *//p')
		faces=${faces/ and /, }
		mapfile -t COMPREPLY < <(compgen -W "${faces//,/:}:" -- "$cur")
		;;
	-w) ;;
	*) mapfile -t COMPREPLY < <(compgen -W '-d -c -l -w -D -i --control
		--check-config --test --help --version' -- "$cur") ;;
	esac
}
complete -o filenames -F _whoisd whoisd
