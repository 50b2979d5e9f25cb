package org.libpfh.test;

import static org.libpfh.test.Documents.list;
import static org.libpfh.test.Documents.object;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.libpfh.Finding;
import org.libpfh.Plan;
import org.libpfh.Point;
import org.libpfh.Reason;
import org.libpfh.Task;

/** A plan put together from the values of the binding, as pfh-plan/1 has it. */
final class Values {
    private Values() {}

    static JsonObject plan(Plan plan, boolean explain) {
        return object("format", "pfh-plan/1", "pathway", plan.pathway(), "edition", plan.edition().name(), "as_of",
                plan.asOf(), "known_at", plan.knownAt(), "status", plan.status(), "reason", plan.cause(), "child", plan.child(),
                "points", each(plan.points(), point -> point(point, explain)), "tasks",
                each(plan.tasks(), task -> task(task, explain)), "findings", each(plan.findings(), Values::finding));
    }

    private static <T> JsonArray each(List<T> rows, Function<T, JsonElement> as) {
        return list(rows.stream().map(as).toArray());
    }

    private static JsonObject point(Point point, boolean explain) {
        JsonObject row = object("point", point.point(), "level", point.level(), "unit", point.unit(), "role", point.role(),
                "opens", point.opens(), "about", point.about(), "closes", point.closes(), "estimated", point.estimated(),
                "waiting_for", point.waitingFor(), "state", point.state(), "since", point.since(), "timing", point.timing(),
                "appointment", appointment(point), "performed", performed(point), "repeats", point.repeats(), "superseded",
                point.superseded(), "maps_to", point.mapsTo());
        if (explain)
            row.add("because", each(point.reasons(), Values::reason));
        return row;
    }

    private static JsonObject appointment(Point point) {
        return point.appointmentEvent() == null ? null
                : object("event", point.appointmentEvent(), "start", point.appointmentStart(), "minutes",
                        point.appointmentMinutes(), "place", point.appointmentPlace());
    }

    private static JsonObject performed(Point point) {
        return point.performedEvent() == null ? null
                : object("event", point.performedEvent(), "date", point.performedDate(), "level", point.performedLevel());
    }

    private static JsonObject task(Task task, boolean explain) {
        JsonObject row = object("id", task.id(), "kind", task.kind(), "point", task.point(), "from", task.starts(), "due",
                task.due(), "state", task.state(), "level", task.level(), "unit", task.unit(), "role", task.role(),
                "optional", task.optional(), "blocked", task.blocked(), "event", task.event());
        if (explain)
            row.add("because", each(task.reasons(), Values::reason));
        return row;
    }

    private static JsonObject reason(Reason reason) {
        return object("date", reason.date(), "is", reason.of(), "anchor_date", reason.anchorDate(), "rule", reason.rule(),
                "source", reason.source());
    }

    private static JsonObject finding(Finding finding) {
        return object("id", finding.kind(), "severity", finding.severity(), "point", finding.point(), "event",
                finding.event());
    }
}
