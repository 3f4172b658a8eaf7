#include "quality/chance.h"

/* Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators". */
uint64_t
chance_next(struct chance *chance)
{
	uint64_t mixed = chance->state += 0x9e3779b97f4a7c15u;

	mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
	mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
	return mixed ^ mixed >> 31;
}

unsigned
chance_below(struct chance *chance, unsigned below)
{
	return (unsigned)((chance_next(chance) >> 32) * below >> 32);
}
