package org.libpfh;

import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** The open tasks of many plans, in the order in which they are due. */
public final class Worklist extends Held implements Iterable<Work> {
    /** Makes an empty worklist that takes every task. */
    public Worklist() {
        super(Native.worklist_new(), Native::pfh_worklist_free);
    }

    /**
     * Narrows what is taken from plans that are added later. Values of one key are alternatives; keys narrow each other.
     *
     * @param key "level", "unit", "role", "kind" or "state" with a word of the documents; "from" or "to" with a date, the
     *     first and last due date that is taken
     * @param value the value; null ({@code (String) null}) with level, unit or role: tasks without one
     * @return this worklist
     */
    public Worklist filter(String key, String value) {
        try (Use list = changing()) {
            Native.worklist_filter(list.address, key, value);
        }
        return this;
    }

    /**
     * Narrows what is taken, as {@link #filter(String, String)}.
     *
     * @param key "level", "role", "kind" or "state"
     * @param value the word; null with level or role: tasks without one
     * @return this worklist
     */
    public Worklist filter(String key, Word value) {
        return filter(key, value == null ? null : value.word());
    }

    /**
     * Narrows what is taken, as {@link #filter(String, String)}.
     *
     * @param key "from" or "to"
     * @param value the first or last due date that is taken
     * @return this worklist
     */
    public Worklist filter(String key, LocalDate value) {
        return filter(key, Objects.requireNonNull(value, "value").toString());
    }

    /**
     * Adds the tasks of a plan that pass the filter; they are copied.
     *
     * @param plan the plan
     * @return this worklist
     */
    public Worklist add(Plan plan) {
        try (Use list = changing(); Use use = plan.reading()) {
            Native.worklist_add(list.address, use.address);
        }
        return this;
    }

    /**
     * Sorts by the day when they are due, the first day, point, kind, task id and pathway id.
     *
     * @return this worklist
     */
    public Worklist sort() {
        try (Use list = changing()) {
            Native.worklist_sort(list.address);
        }
        return this;
    }

    /**
     * How many tasks there are.
     *
     * @return the number
     */
    public int size() {
        try (Use list = reading()) {
            return Native.worklist_count(list.address);
        }
    }

    /**
     * The tasks that there are now.
     *
     * @return a copy
     */
    public List<Work> rows() {
        try (Use list = reading()) {
            return Reader.list(Native.worklist_rows(list.address), Work::read);
        }
    }

    /**
     * Goes through the tasks that there are now.
     *
     * @return an iterator of a copy
     */
    @Override
    public Iterator<Work> iterator() {
        return rows().iterator();
    }
}
