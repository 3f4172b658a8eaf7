# What all pictures have in common.
set terminal svg size 720,400 font "sans-serif,13" background "white"
set key outside right top vertical Left reverse spacing 1.4
set grid ytics linecolor "#dddddd" linetype 1
set border 3
set tics nomirror
set yrange [0:*]
set style data linespoints

# A server and what it is asked.
set style line 1 linecolor "#1f77b4" linewidth 2 pointtype 7 pointsize 0.6
set style line 2 linecolor "#1f77b4" linewidth 2 pointtype 6 pointsize 0.6 \
    dashtype 2
set style line 3 linecolor "#7f7f7f" linewidth 2 pointtype 5 pointsize 0.6
set style line 4 linecolor "#d62728" linewidth 2 pointtype 9 pointsize 0.7
set style line 5 linecolor "#ff7f0e" linewidth 2 pointtype 11 pointsize 0.7
set style line 6 linecolor "#9467bd" linewidth 2 pointtype 13 pointsize 0.8
set style line 7 linecolor "#2ca02c" linewidth 2 pointtype 4 pointsize 0.6
whoisd_key = 1
whoisd_name = 2
bare = 3
fork = 4
slapd = 5
inetd = 6
fts5 = 7
