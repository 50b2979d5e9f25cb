package org.libpfh;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * What follows from a pathway on a day: where each point stands, what is to be done next, by when and by whom, and what is
 * coded wrongly. It holds copies alone: the pathway may be closed or added to.
 */
public final class Plan extends Held {
    private volatile PlanHead head;

    Plan(long address) {
        super(address, Native::pfh_plan_free);
    }

    /** Part of needs. */
    Plan(Needs whole, long address) {
        super(whole, address);
    }

    private PlanHead head() {
        try (Use plan = reading()) {
            if (head == null)
                head = Reader.one(Native.plan_head(plan.address), PlanHead::read);
            return head;
        }
    }

    /**
     * The pathway's id.
     *
     * @return the id
     */
    public String pathway() {
        return head().pathway();
    }

    /**
     * The edition that was planned under.
     *
     * @return the edition
     */
    public Edition edition() {
        return Edition.find(head().edition());
    }

    /**
     * The day of the plan.
     *
     * @return the day
     */
    public LocalDate asOf() {
        return head().asOf();
    }

    /**
     * The timestamp of what was known.
     *
     * @return in UTC; null where none was given
     */
    public String knownAt() {
        return head().knownAt();
    }

    /**
     * The patient's given name.
     *
     * @return the name; null where the pathway has none
     */
    public String givenName() {
        return head().givenName();
    }

    /**
     * The patient's family name.
     *
     * @return the name; null where the pathway has none
     */
    public String familyName() {
        return head().familyName();
    }

    /**
     * The patient's language.
     *
     * @return the language; null where the pathway does not say
     */
    public Language language() {
        return head().language();
    }

    /**
     * Whether the pathway runs.
     *
     * @return the status
     */
    public PlanState status() {
        return head().status();
    }

    /**
     * Why the pathway does not run.
     *
     * @return the cause; null where it runs
     */
    public Cause cause() {
        return head().cause();
    }

    /**
     * Whether the patient is under 18.
     *
     * @return null without a birth date
     */
    public Boolean child() {
        return head().child();
    }

    /**
     * Where the points stand.
     *
     * @return all points, the first first
     */
    public List<Point> points() {
        try (Use plan = reading()) {
            return Reader.list(Native.plan_points(plan.address), Point::read);
        }
    }

    /**
     * Where a point stands.
     *
     * @param number its number, from 1
     * @return the point; null for another number
     */
    public Point point(int number) {
        List<Point> points = points();
        return number >= 1 && number <= points.size() ? points.get(number - 1) : null;
    }

    /**
     * What is to be done.
     *
     * @return the tasks, the one due first first
     */
    public List<Task> tasks() {
        try (Use plan = reading()) {
            return Reader.list(Native.plan_tasks(plan.address), Task::read);
        }
    }

    /**
     * What is coded wrongly or does not fit together.
     *
     * @return the findings
     */
    public List<Finding> findings() {
        try (Use plan = reading()) {
            return Reader.list(Native.plan_findings(plan.address), Finding::read);
        }
    }

    /**
     * Writes the plan as {@code pfh-plan/1}.
     *
     * @return one line without a line end; the same plan gives the same one
     */
    public String toJson() {
        return toJson(false);
    }

    /**
     * Writes the plan as {@code pfh-plan/1}.
     *
     * @param explain whether each point and task also says why its dates are what they are
     * @return one line without a line end; the same plan gives the same one
     */
    public String toJson(boolean explain) {
        try (Use plan = reading()) {
            return Native.plan_to_json(plan.address, explain ? 1 : 0);
        }
    }

    /**
     * Why the dates of a point are what they are.
     *
     * @param point its number, from 1
     * @param language the language of the sentences
     * @return sentences that a coordinator can read
     */
    public List<String> explain(int point, Language language) {
        try (Use plan = reading()) {
            return lines(Native.plan_explain_point(plan.address, point, language.value()));
        }
    }

    /**
     * Why the dates of a task are what they are.
     *
     * @param task the id of the task
     * @param language the language of the sentences
     * @return sentences that a coordinator can read
     */
    public List<String> explain(String task, Language language) {
        try (Use plan = reading()) {
            return lines(Native.plan_explain_task(plan.address, Objects.requireNonNull(task, "task"), language.value()));
        }
    }

    /**
     * Why the dates of a point are what they are.
     *
     * @param point a point of this plan
     * @param language the language of the sentences
     * @return sentences that a coordinator can read
     */
    public List<String> explain(Point point, Language language) {
        return explain(point.point(), language);
    }

    /**
     * Why the dates of a task are what they are.
     *
     * @param task a task of this plan
     * @param language the language of the sentences
     * @return sentences that a coordinator can read
     */
    public List<String> explain(Task task, Language language) {
        return explain(task.id(), language);
    }

    private static List<String> lines(String sentences) {
        return sentences.lines().toList();
    }

    /**
     * Writes the plan as a calendar, with the default options.
     *
     * @return iCalendar
     */
    public String toIcal() {
        return toIcal(null);
    }

    /**
     * Writes the plan as a calendar.
     *
     * @param options what it shows; null takes the defaults
     * @return iCalendar
     */
    public String toIcal(IcalOptions options) {
        try (Use plan = reading(); Use shown = reading(options)) {
            return Native.plan_to_ical(plan.address, shown.address);
        }
    }

    /**
     * Writes the appointment at a point as a message to be mailed to units: an invitation, or that it is called off.
     *
     * @param point the number of the point, from 1
     * @param previous what this call wrote last for the point; null: nothing yet
     * @param options what it shows; null takes the defaults
     * @return iCalendar; null when nothing is to be mailed
     */
    public String toInvitation(int point, String previous, IcalOptions options) {
        byte[] text = Texts.documentOrNone(previous);
        try (Use plan = reading(); Use shown = reading(options)) {
            return Native.plan_to_invitation(plan.address, point, text, shown.address);
        }
    }
}
