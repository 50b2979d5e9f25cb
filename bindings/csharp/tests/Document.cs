// Document.cs -- a plan from the values of the binding, by the keys of pfh-plan/1.
using System.Linq;
using Pfh;

public static class Document
{
    public static Json Of(Plan plan)
    {
        return Json.Object("pathway", plan.Pathway, "edition", plan.Edition.Name, "as_of", plan.AsOf, "known_at", plan.KnownAt,
            "status", plan.Status.Word(), "reason", Asked.WordOrNull(plan.Cause), "child", plan.Child,
            "given_name", plan.GivenName, "family_name", plan.FamilyName, "language", Asked.WordOrNull(plan.Language),
            "points", plan.Points.Select(Of), "tasks", plan.Tasks.Select(Of), "findings", plan.Findings.Select(Of));
    }

    private static Json Of(PlanPoint point)
    {
        Json appointment = point.AppointmentEvent == null ? Json.Null : Json.Object("event", point.AppointmentEvent,
            "start", point.AppointmentStart, "minutes", point.AppointmentMinutes, "place", point.AppointmentPlace);
        Json performed = point.PerformedEvent == null ? Json.Null : Json.Object("event", point.PerformedEvent,
            "date", point.PerformedDate, "level", Asked.WordOrNull(point.PerformedLevel));
        return Json.Object("point", point.Point, "level", point.Level.Word(), "unit", point.Unit, "role", Asked.WordOrNull(point.Role),
            "opens", point.Opens, "about", point.About, "closes", point.Closes, "estimated", point.Estimated,
            "waiting_for", Asked.WordOrNull(point.WaitingFor), "state", point.State.Word(), "since", point.Since,
            "timing", point.Timing.Word(), "appointment", appointment, "performed", performed, "repeats", point.Repeats,
            "superseded", point.Superseded, "maps_to", point.MapsTo);
    }

    private static Json Of(PlanTask task)
    {
        return Json.Object("id", task.Id, "kind", task.Kind.Word(), "point", task.Point, "from", task.Starts, "due", task.Due,
            "state", task.State.Word(), "level", Asked.WordOrNull(task.Level), "unit", task.Unit, "role", Asked.WordOrNull(task.Role),
            "optional", task.Optional, "blocked", Asked.WordOrNull(task.Blocked), "event", task.Event);
    }

    private static Json Of(Finding finding)
    {
        return Json.Object("id", finding.Kind.Word(), "severity", finding.Severity.Word(), "point", finding.Point, "event", finding.Event);
    }
}
