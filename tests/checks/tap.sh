# tap.sh -- ok and not ok, for the checks: `. tap.sh`, and `tap_end` at last.
tap_count=0
tap_failed=0

tap() { # tap STATUS NAME [DETAIL-FILE]
    tap_count=$((tap_count + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $tap_count - $2"
    else
        tap_failed=$((tap_failed + 1))
        echo "not ok $tap_count - $2"
        if [ -n "${3:-}" ] && [ -f "$3" ]; then sed 's/^/#   /' "$3" | cut -c 1-300 | tail -n 40; fi
    fi
}

tap_skip() { # tap_skip NAME WHY
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1 # SKIP $2"
}

tap_end() {
    echo "1..$tap_count"
    [ "$tap_failed" -eq 0 ] || { echo "# $tap_failed of $tap_count failed"; exit 1; }
    exit 0
}
