# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154  # compare and the other subjects have them
# The people, as each program takes them, and the questions about them.
questions_max=60000

# make_people SIZE: $tmp/people.SIZE.csv
make_people() {
	test -s "$tmp/people.$1.csv" ||
	    "$tools/whoisctl" sample "$1" >"$tmp/people.$1.csv"
}

# make_questions SIZE: $tmp/key.SIZE and $tmp/name.SIZE, of people all over the
# directory, in no order, or those who read it from the beginning would soon
# have found them.  Names are as they stand.
make_questions() {
	test -s "$tmp/key.$1" && return
	make_people "$1"
	awk -F '"' -v step=$(($1 / questions_max + 1)) \
	    -v keys="$tmp/keys" -v names="$tmp/names" '
	NR > 1 && NR % step == 0 {
		if (NF > 1)
			print $2 >names
		sub(/,.*/, "", $1)
		print $1 >keys
	}' "$tmp/people.$1.csv"
	for kind in key name; do
		shuf --random-source="$tmp/people.$1.csv" "$tmp/${kind}s" \
		    >"$tmp/$kind.$1"
	done
}

# make_queries SIZE: the same questions in PH, $tmp/key.SIZE.ph.
make_queries() {
	test -s "$tmp/key.$1.ph" && return
	make_questions "$1"
	sed 's/^/query id=/' "$tmp/key.$1" >"$tmp/key.$1.ph"
}

# make_ldif SIZE: $tmp/people.SIZE.ldif, with the attributes that make a person
# of LDAP's: the sn is the whole name, too.  What begins with a blank goes on.
make_ldif() {
	test -s "$tmp/people.$1.ldif" && return
	make_directory "$1"
	{
		printf 'dn: dc=example\nobjectClass: domain\ndc: example\n\n'
		"$tools/whoisctl" dump -d "$tmp/whoisctl.$1" -f ldif | awk '
		/^version:/ { getline; next }
		/^dn:/ { $0 = $0 ",dc=example" }
		/^objectClass: person/ {
			print "objectClass: inetOrgPerson"
			$0 = "objectClass: inetLocalMailRecipient"
		}
		/^nickname:/ { sub(/^nickname/, "displayName") }
		/^ / && sn != "" { sn = sn "\n" $0 }
		!/^ / && sn != "" { print sn; sn = "" }
		/^cn:/ { sn = "sn" substr($0, 3) }
		{ print }'
	} >"$tmp/people.$1.ldif"
}

# make_filters SIZE: the same questions for slapd, $tmp/key.SIZE.ldap and
# $tmp/name.SIZE.ldap: the key, and every word of the name somewhere in it.
make_filters() {
	test -s "$tmp/key.$1.ldap" && return
	make_questions "$1"
	sed 's/.*/(employeeNumber=&)/' "$tmp/key.$1" >"$tmp/key.$1.ldap"
	awk -F '[ ,.()*\\\\]+' '{
		filter = ""
		for (i = 1; i <= NF; i++)
			if ($i != "")
				filter = filter "(cn=*" $i "*)"
		print "(&" filter ")"
	}' "$tmp/name.$1" >"$tmp/name.$1.ldap"
}
