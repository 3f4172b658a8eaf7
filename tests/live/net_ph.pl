#!/usr/bin/perl
# Net::PH against a server of tests/live/people.csv and forty people called
# Many: every method that it has.  Prints what went wrong; status 1 if anything.
use strict;
use warnings;
use Net::PH;

my ($host, $port) = @ARGV;
my $ph = Net::PH->new($host, Port => $port, Timeout => 30)
    or die "cannot connect to $host port $port\n";
my $failures = 0;

sub expect {
	my ($what, $got, $wanted) = @_;

	$got = 'undef' unless defined $got;
	return if $got eq $wanted;
	print "$what: $got, not $wanted\n";
	$failures++;
}

# A method that says yes or no, and the code behind it.
sub answers {
	my ($code, $yes, $method, @arguments) = @_;

	expect("$method(@arguments)", $ph->$method(@arguments) ? 1 : 0, $yes);
	expect("code of $method(@arguments)", $ph->code, $code);
}

# How many entries a query finds; the list.
sub finds {
	my ($count, @query) = @_;
	my $entries = $ph->query(@query);
	my $what = 'query(' . (ref $query[0] ? join('=', %{$query[0]}) :
	    $query[0]) . ')';

	expect($what, defined $entries ? scalar @$entries : 'undef', $count);
	return $entries || [];
}

sub value {
	my ($entry, $field) = @_;

	return defined $entry && defined $entry->{$field} ?
	    $entry->{$field}->text : undef;
}

sub check_record {
	my ($entry) = @_;

	expect('name', value($entry, 'name'), 'Quinton, Reg');
	expect('phone', value($entry, 'phone'), '679-2111x(6026)');
	expect('id', value($entry, 'id'), '481800');
	expect('email', value($entry, 'email'), 'reggers@julian.uwo.ca');
	expect('other', value($entry, 'other'), join("\n",
	    'reg.quinton@uwo.ca', 'r.quinton@uwo.ca', 'reggers@uwo.ca',
	    'quinton@uwo.ca'));
}

# --- about the server
expect('status', $ph->status, 201);
my $site = $ph->siteinfo;
expect('code of siteinfo', $ph->code, 200);
expect('mailfield', value($site, 'mailfield'), 'email');
expect('maildomain', value($site, 'maildomain'), '');
expect('charset', value($site, 'charset'), 'utf-8');

my ($fields, $names) = $ph->fields;
expect('code of fields', $ph->code, 200);
expect('fields are numbered', $fields->{email} && $fields->{email}->value, 2);
expect('fields', value($fields, 'name'),
    "max 256 Indexed Lookup Public Default\nFull Name");
expect('hidden fields', scalar(grep { /^home_/ } @$names), 0);
$fields = $ph->fields(qw(email name));
expect('two fields', join(' ', sort keys %$fields), 'email name');

# --- queries
check_record(finds(1, { email => 'reggers@julian.uwo.ca' })->[0]);
check_record(finds(1, 'quinton')->[0]);
check_record(finds(1, { name => 'quinton reg' })->[0]);
my $entry = finds(1, { id => '481800' }, [qw(name office_location www)])->[0];
expect('returned', join(' ', sort keys %{$entry || {}}),
    'name office_location www');
expect('what is not there', $entry && $entry->{www}->code, 508);
check_record(finds(1, { id => '481800' }, 'all')->[0]);
finds(4, { name => 'smith' });
finds(4, { name => 'smi*' }, 'name');
finds(1, { name => 'smith', department => 'music' });
finds(1, { name => "M\xc3\xbcller", department => 'chemistry' });
finds(0, { name => 'nobody' });
expect('code of none', $ph->code, 501);
finds('undef', { name => 'many' });
expect('code of too many', $ph->code, 502);
finds('undef', { shoe_size => '43' });
expect('code of an unknown field', $ph->code, 500);
finds('undef', { name => '' });
expect('code of no key', $ph->code, 500);

# --- refused; nobody is logged in by any of it
answers(200, 1, 'id', 'reggers');
answers(500, 0, 'login', 'reggers');
answers(500, 0, 'login', 'reggers', 'secret');
answers(500, 0, 'login', 'reggers', 'secret', 1);
answers(500, 0, 'logout');
answers(517, 0, 'change', { id => '481800' }, { phone => '1 2' });
answers(517, 0, 'force', { id => '481800' }, { phone => '1 2' });
answers(517, 0, 'add', { name => 'Somebody, New', id => '1' });
answers(517, 0, 'delete', { id => '481800' });
check_record(finds(1, { id => '481800' })->[0]);
answers(200, 1, 'quit');
exit($failures > 0);
