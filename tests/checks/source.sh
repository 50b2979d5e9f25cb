#!/bin/sh
# source.sh -- what libpfh/ may not contain: calls to the outside world, printing, a dependency in the
# wrong place, an arrow the wrong way.  One rule a row; comments and strings do not count.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 1
. "$here/tap.sh"
root=$(cd "$here/../.." && pwd) || exit 1
cd "$root/libpfh" || exit 1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT INT TERM
LC_ALL=C
export LC_ALL

# strip FILE: the code with its comments and the insides of its strings blanked, line for line.
cat >"$dir/strip.awk" <<'END'
{
    out = ""
    for (i = 1; i <= length($0); i++) {
        c = substr($0, i, 1)
        two = substr($0, i, 2)
        if (comment) {
            if (two == "*/") { comment = 0; i++ }
        } else if (quote != "") {
            if (c == "\\") i++
            else if (c == quote) { quote = ""; out = out c }
        } else if (two == "/*") { comment = 1; i++; out = out " " }
        else if (two == "//") break
        else if (c == "\"" || c == "\047") {
            if (c == "\"" && out ~ /^ *# *include *$/) { out = out substr($0, i); break }
            quote = c; out = out c
        } else out = out c
    }
    print out
}
END
find . -name '*.[ch]' -o -name '*.def' -o -name '*.in' | sed 's|^\./||' | sort >"$dir/files"
while read -r file; do
    awk -f "$dir/strip.awk" "$file" | sed "s|^|$file: |" | awk -F': ' '{ l = $0; sub(/^[^:]*: /, "", l); print $1 ":" ++n[$1] ": " l }'
done <"$dir/files" >"$dir/code"
[ -s "$dir/code" ]
tap $? 'there is code to look at'

none() { # none NAME REGEX [FILES-IT-IS-FOR [FILES-THAT-MAY]]: no line of code matches
    grep -E "^${3:-}[^:]*:[0-9]+: .*$2" "$dir/code" | { [ -n "${4:-}" ] && grep -Ev "^($4):" || cat; } >"$dir/found"
    [ ! -s "$dir/found" ]
    tap $? "$1" "$dir/found"
}
B='(^|[^A-Za-z0-9_])' # what stands before a name

none 'nothing is printed or scanned' "$B(f|s|sn|d|v|vf|vs|vd|as|vas)?printf *\("
none 'vsnprintf is called in base/status.c alone' "${B}vsnprintf *\(" '' 'base/status\.c'
none 'nothing is scanned' "$B(f|s|v|vs|vf)?scanf *\("
none 'no stream is written' "$B(puts|fputs|putchar|putc|fputc|fwrite|fread|perror|stdin|stdout|stderr)$B"
none 'no file is opened' "$B(fopen|freopen|open|openat|creat|tmpfile|mkstemp|opendir|stat|unlink|remove|rename) *\("
none 'stdio.h is for vsnprintf in base/status.c alone' '# *include *<stdio\.h>' '' 'base/status\.c'
none 'the environment is not read' "$B(getenv|secure_getenv|setenv|putenv|environ)( *\(|;)"
none 'no clock is read' "$B(time|clock|clock_gettime|gettimeofday|timespec_get|localtime|localtime_r|gmtime|gmtime_r|mktime|strftime|strptime) *\("
none 'no locale is asked' "$B(setlocale|uselocale|newlocale|localeconv|nl_langinfo|strcoll|strxfrm|toupper|tolower|isalpha|isdigit|isspace|isalnum|isprint|isupper|islower|isxdigit|ispunct|iscntrl|mbstowcs|wcstombs|mbrtowc) *\("
none 'no number is read by the locale (strtod, atof, ato*)' "$B(strtod|strtof|strtold|atof|atoi|atol|atoll) *\("
none 'nothing ends the process' "$B(abort|exit|_exit|_Exit|quick_exit|atexit|assert|raise|signal|sigaction|longjmp|setjmp|kill) *\("
none 'no process and no network' "$B(system|popen|fork|execv?[lpe]*|socket|connect|getaddrinfo|dlopen) *\("
none 'no unbounded copy' "$B(strcpy|strcat|stpcpy|strncpy|strncat|sprintf|vsprintf|gets|strtok|alloca) *\("
none 'no chance and no order of addresses' "$B(rand|srand|random|drand48|qsort_r) *\("
none 'no header of the outside world' '# *include *<(assert|time|locale|signal|setjmp|errno|unistd|fcntl|pthread|threads|wchar|wctype|ctype|sys/[a-z]+|dlfcn|dirent)\.h>'
none 'cJSON is included by format/json.c alone' '# *include *[<"](cjson/)?cJSON' '' 'format/json\.c'
none 'libical is included by the files of the calendar alone' '# *include *[<"](libical/)?ical[a-z]*\.h' '' 'format/ical_(write|read)\.c'
none 'a name of libical stands in the files of the calendar alone' "${B}(ical[a-z]+_|ICAL_)" '' 'format/ical_(write|read)\.c'
none 'no time zone is loaded, and not their list' "${B}(icaltimezone_[a-z_]*|icaltime_(from_string|is_utc|as_ical_string|convert|current|today)[a-z_]*|icalvalue_new_datetime) *\("
none 'no ring buffer of libical' "${B}ical[a-z]+_as_ical_string *\("
none 'a function of cJSON is called in format/json.c alone' "${B}cJSON_" '' 'format/json\.c'

# Arrows: a folder includes itself and what stands below it.
none 'base/ sees no other folder' '# *include *"(rules|model|plan|format)/' 'base/'
none 'rules/ sees base/ alone' '# *include *"(model|plan|format)/' 'rules/'
none 'model/ sees no plan and no format' '# *include *"(plan|format)/' 'model/'
none 'plan/ sees no format' '# *include *"format/' 'plan/'
none 'nothing is included by a way up' '# *include *"\.\./'

# A path of somebody's machine, in any file of the project (an example of one in a text says <...>).
if git -C "$root" rev-parse --git-dir >/dev/null 2>&1; then
    git -C "$root" grep -nIE "(^|[^A-Za-z0-9._<-])/(home|Users|root|work|workspace|mnt)/[A-Za-z0-9_.-]+/" \
        -- . ':!tests/checks/source.sh' >"$dir/found" 2>&1
    [ ! -s "$dir/found" ]
    tap $? 'no path of a machine in any file' "$dir/found"
else
    tap_skip 'no path of a machine in any file' 'not a git checkout'
fi
tap_end
