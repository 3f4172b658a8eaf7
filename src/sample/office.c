#include "sample/office.h"

#include "sample/random.h"

#include <assert.h>

struct department {
	struct span name;
	const char *buildings[2];
};

#define DEPARTMENT(name, first, second) \
	{ SPAN_LITERAL(name), { first, second } }

/* The larger ones first. */
static const struct department departments[] = {
	DEPARTMENT("Medicine", "MSB", "UH"),
	DEPARTMENT("Information Technology Services", "NSC", "SSB"),
	DEPARTMENT("Computer Science", "MC", "NCB"),
	DEPARTMENT("Biology", "BGS", "NCB"),
	DEPARTMENT("Physics and Astronomy", "PAB", "BGS"),
	DEPARTMENT("Chemistry", "CHB", "MSA"),
	DEPARTMENT("Mathematics", "MC", "NSC"),
	DEPARTMENT("Psychology", "SSC", "WIRB"),
	DEPARTMENT("English and Writing Studies", "AHB", "UC"),
	DEPARTMENT("Business Administration", "IVEY", "SSC"),
	DEPARTMENT("Electrical and Computer Engineering", "TEB", "SEB"),
	DEPARTMENT("Mechanical and Materials Engineering", "SEB", "TEB"),
	DEPARTMENT("Civil and Environmental Engineering", "SEB", "CMLP"),
	DEPARTMENT("Chemical and Biochemical Engineering", "TEB", "CMLP"),
	DEPARTMENT("School of Nursing", "FNB", "HSA"),
	DEPARTMENT("Faculty of Law", "LB", "LB"),
	DEPARTMENT("Faculty of Education", "FEB", "FEB"),
	DEPARTMENT("Economics", "SSC", "SSC"),
	DEPARTMENT("Political Science", "SSC", "SSC"),
	DEPARTMENT("History", "LH", "SSC"),
	DEPARTMENT("Philosophy", "STVH", "STVH"),
	DEPARTMENT("Sociology", "SSC", "SSC"),
	DEPARTMENT("Anthropology", "SSC", "SSC"),
	DEPARTMENT("Geography and Environment", "SSC", "SSC"),
	DEPARTMENT("Earth Sciences", "BGS", "BGS"),
	DEPARTMENT("Statistical and Actuarial Sciences", "WSC", "MC"),
	DEPARTMENT("Applied Mathematics", "MC", "WSC"),
	DEPARTMENT("Modern Languages and Literatures", "AHB", "UC"),
	DEPARTMENT("French Studies", "UC", "AHB"),
	DEPARTMENT("Classical Studies", "LH", "LH"),
	DEPARTMENT("Linguistics", "UC", "AHB"),
	DEPARTMENT("Visual Arts", "JLVAC", "JLVAC"),
	DEPARTMENT("Don Wright Faculty of Music", "MB", "TC"),
	DEPARTMENT("Kinesiology", "TH", "HSA"),
	DEPARTMENT("Physical Therapy", "EC", "EC"),
	DEPARTMENT("Occupational Therapy", "EC", "EC"),
	DEPARTMENT("Communication Sciences and Disorders", "EC", "EC"),
	DEPARTMENT("Dentistry", "DSB", "DSB"),
	DEPARTMENT("Pharmacology and Toxicology", "MSB", "DSB"),
	DEPARTMENT("Physiology", "MSB", "MSB"),
	DEPARTMENT("Biochemistry", "MSB", "MSB"),
	DEPARTMENT("Microbiology and Immunology", "DSB", "DSB"),
	DEPARTMENT("Anatomy and Cell Biology", "MSB", "MSB"),
	DEPARTMENT("Pathology and Laboratory Medicine", "DSB", "UH"),
	DEPARTMENT("Epidemiology and Biostatistics", "KB", "KB"),
	DEPARTMENT("Family Medicine", "WCPHFM", "UH"),
	DEPARTMENT("Surgery", "UH", "VH"),
	DEPARTMENT("Paediatrics", "VH", "VH"),
	DEPARTMENT("Psychiatry", "PRH", "UH"),
	DEPARTMENT("Radiology and Nuclear Medicine", "UH", "VH"),
	DEPARTMENT("Ophthalmology", "SJH", "SJH"),
	DEPARTMENT("Anaesthesia and Perioperative Medicine", "UH", "VH"),
	DEPARTMENT("Media and Information Studies", "FNB", "UC"),
	DEPARTMENT("Libraries", "WL", "TL"),
	DEPARTMENT("Library Systems", "WL", "WL"),
	DEPARTMENT("Archives and Special Collections", "AHB", "WL"),
	DEPARTMENT("Office of the Registrar", "SLB", "WSSB"),
	DEPARTMENT("Office of the President", "SLB", "SLB"),
	DEPARTMENT("Human Resources", "SSB", "SSB"),
	DEPARTMENT("Financial Services", "SSB", "SSB"),
	DEPARTMENT("Facilities Management", "SSB", "PPB"),
	DEPARTMENT("Parking and Visitor Services", "SSB", "SSB"),
	DEPARTMENT("Campus Police", "LH", "LH"),
	DEPARTMENT("Housing and Ancillary Services", "OH", "ESB"),
	DEPARTMENT("Hospitality Services", "LH", "UCC"),
	DEPARTMENT("Research Development and Services", "SSB", "SSB"),
	DEPARTMENT("Research Ethics", "SSB", "SSB"),
	DEPARTMENT("Alumni Relations and Development", "WH", "WH"),
	DEPARTMENT("Communications and Public Affairs", "WH", "SLB"),
	DEPARTMENT("Graduate and Postdoctoral Studies", "IGAB", "IGAB"),
	DEPARTMENT("International Learning", "IGAB", "IGAB"),
	DEPARTMENT("Student Health Services", "UCC", "UCC"),
	DEPARTMENT("Student Experience", "UCC", "WSSB"),
	DEPARTMENT("Book Store", "UCC", "UCC"),
	DEPARTMENT("Legal Counsel", "SLB", "SLB"),
	DEPARTMENT("Internal Audit", "SLB", "SSB"),
	DEPARTMENT("Institutional Planning and Budgeting", "SLB", "SLB"),
	DEPARTMENT("Teaching and Learning Centre", "WL", "WL"),
	DEPARTMENT("Continuing Studies", "CGC", "CGC"),
	DEPARTMENT("Women's Studies and Feminist Research", "LH", "LH"),
	DEPARTMENT("Indigenous Studies", "SSC", "SSC"),
	DEPARTMENT("Theatre Studies", "UC", "UC"),
	DEPARTMENT("Animal Care and Veterinary Services", "WVB", "WVB"),
	DEPARTMENT("Boundary Layer Wind Tunnel", "BLWT", "BLWT"),
};

static const struct span titles[] = {
	SPAN_LITERAL("Graduate Student"),
	SPAN_LITERAL("Professor"),
	SPAN_LITERAL("Research Assistant"),
	SPAN_LITERAL("Assistant Professor"),
	SPAN_LITERAL("Associate Professor"),
	SPAN_LITERAL("Administrative Assistant"),
	SPAN_LITERAL("Lecturer"),
	SPAN_LITERAL("Postdoctoral Fellow"),
	SPAN_LITERAL("Technician"),
	SPAN_LITERAL("Professor Emeritus"),
	SPAN_LITERAL("Systems Analyst"),
	SPAN_LITERAL("Librarian"),
	SPAN_LITERAL("Manager, Operations"),
	SPAN_LITERAL("Director"),
	SPAN_LITERAL("Associate Dean, Research"),
	SPAN_LITERAL("Dean"),
};

/* Chances in a thousand. */
enum { NO_ROOM = 60, NO_PHONE = 50, TITLED = 300, SHARED_PHONE = 650 };

enum { FLOORS = 4, ROOMS_PER_FLOOR = 60 };

/* The number of the room in its building, which also gives its extension. */
static unsigned
make_room(struct office *office, struct random *random, const char *building)
{
	unsigned number = 100 * (1 + random_skewed(random, FLOORS)) +
	    random_below(random, ROOMS_PER_FLOOR);

	if (!random_chance(random, NO_ROOM)) {
		buf_add_string(&office->room, building);
		buf_add_char(&office->room, ' ');
		buf_add_number(&office->room, number);
	}
	return number;
}

/* At least `width` digits. */
static void
add_digits(struct buf *out, uint32_t number, unsigned width)
{
	uint32_t least = 10;

	while (--width > 0) {
		if (number < least)
			buf_add_char(out, '0');
		least *= 10;
	}
	buf_add_number(out, number);
}

/* The people of one room mostly share its telephone. */
static void
make_phone(struct buf *out, struct random *random, unsigned department,
    unsigned room)
{
	if (random_chance(random, NO_PHONE))
		return;
	if (random_chance(random, SHARED_PHONE)) {
		buf_add_string(out, "679-2111x(");
		add_digits(out, 10000 + department * 1000 + room, 5);
		buf_add_char(out, ')');
	} else if (random_chance(random, 100)) {
		buf_add_string(out, "+44 20 7946 0");
		add_digits(out, random_below(random, 1000), 3);
	} else {
		buf_add_string(out, "(519) 555-");
		add_digits(out, random_below(random, 10000), 4);
	}
}

void
office_make(struct office *office, struct random *random)
{
	uint32_t number = random_skewed(random,
	    sizeof departments / sizeof departments[0]);
	const struct department *department = &departments[number];
	unsigned room;

	buf_init(&office->room, office->room_memory,
	    sizeof office->room_memory);
	buf_init(&office->phone, office->phone_memory,
	    sizeof office->phone_memory);
	office->department = department->name;
	office->title = (struct span){ "", 0 };
	room = make_room(office, random,
	    department->buildings[random_below(random, 2)]);
	make_phone(&office->phone, random, number, room);
	if (random_chance(random, TITLED))
		office->title = titles[random_skewed(random,
		    sizeof titles / sizeof titles[0])];
	assert(!office->room.overflowed && !office->phone.overflowed);
}
