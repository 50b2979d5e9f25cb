#nullable enable
using System;
using System.Collections.Generic;

namespace Pfh
{
    /// <summary>What follows from a pathway on a day: where each point stands, what is to be done, what is coded
    /// wrongly.  A plan does not change, and holds copies alone: the pathway may be added to or disposed of.</summary>
    public sealed class Plan : IDisposable
    {
        private readonly bool owned;
        private PlanHead? head;
        private IReadOnlyList<PlanPoint>? points;
        private IReadOnlyList<PlanTask>? tasks;
        private IReadOnlyList<Finding>? findings;

        internal IReference Self { get; }

        internal Plan(Handle handle)
        {
            Self = handle;
            owned = true;
        }

        // The plan that lives in needs.
        internal Plan(IReference parent, IntPtr pointer)
        {
            Self = new Child(parent, pointer);
        }

        private PlanHead Head
        {
            get
            {
                Self.Owner.CheckOpen();
                return head ?? (head = Block.First(Native.plan_head(Self), row => new PlanHead(row))!);
            }
        }

        /// <summary>The id of the pathway.</summary>
        public string Pathway => Head.Pathway;

        /// <summary>The edition that was planned under.</summary>
        public Edition Edition => Edition.Find(Head.Edition);

        /// <summary>The day of the plan.</summary>
        public DateTime AsOf => Head.AsOf;

        /// <summary>The timestamp of what was known, in UTC; null where none was given.</summary>
        public string? KnownAt => Head.KnownAt;

        /// <summary>The patient's given name; null where the pathway has none.</summary>
        public string? GivenName => Head.GivenName;

        /// <summary>The patient's family name; null where the pathway has none.</summary>
        public string? FamilyName => Head.FamilyName;

        /// <summary>The patient's language; null where the pathway does not say.</summary>
        public Language? Language => Head.Language;

        /// <summary>Whether the pathway runs.</summary>
        public PlanState Status => Head.Status;

        /// <summary>Why the pathway does not run; null where it does.</summary>
        public Cause? Cause => Head.Cause;

        /// <summary>Whether the patient is under 18; null without a birth date.</summary>
        public bool? Child => Head.Child;

        /// <summary>The points, the first of them number 1.</summary>
        public IReadOnlyList<PlanPoint> Points
        {
            get
            {
                Self.Owner.CheckOpen();
                return points ?? (points = Block.List(Native.plan_points(Self), row => new PlanPoint(row)));
            }
        }

        /// <summary>The point of a number, from 1; null for another number.</summary>
        public PlanPoint? Point(int number) => number >= 1 && number <= Points.Count ? Points[number - 1] : null;

        /// <summary>What is to be done, the task that is due first before the others.</summary>
        public IReadOnlyList<PlanTask> Tasks
        {
            get
            {
                Self.Owner.CheckOpen();
                return tasks ?? (tasks = Block.List(Native.plan_tasks(Self), row => new PlanTask(row)));
            }
        }

        /// <summary>What is coded wrongly or does not fit together.</summary>
        public IReadOnlyList<Finding> Findings
        {
            get
            {
                Self.Owner.CheckOpen();
                return findings ?? (findings = Block.List(Native.plan_findings(Self), row => new Finding(row)));
            }
        }

        /// <summary>Writes the plan as <c>pfh-plan/1</c>, one line: the same plan gives the same bytes.</summary>
        /// <param name="explain">also say why the dates are what they are (<c>because</c>)</param>
        public string ToJson(bool explain = false) => Native.plan_to_json(Self, explain ? 1 : 0);

        /// <summary>Why the dates of a point are what they are, as sentences for a coordinator.</summary>
        public IReadOnlyList<string> Explain(int point, Language language) =>
            Sentences(Native.plan_explain_point(Self, point, (int)language));

        /// <summary>Why the dates of a task are what they are, as sentences for a coordinator.</summary>
        /// <param name="task">its id: "2.offer"</param>
        /// <param name="language">of the sentences</param>
        public IReadOnlyList<string> Explain(string task, Language language) =>
            Sentences(Native.plan_explain_task(Self, task ?? throw Given.Null(nameof(task)), (int)language));

        /// <summary>Writes the calendar of this plan.</summary>
        public string ToIcal(IcalOptions? options = null) => Native.plan_to_ical(Self, options?.Self);

        /// <summary>Writes the appointment at a point as a message to be mailed, or null when nothing is to be.</summary>
        /// <param name="point">its number</param>
        /// <param name="previous">what this wrote last for the point, or null</param>
        /// <param name="options">organizer and attendee are units with an address in its policy</param>
        public string? ToInvitation(int point, string? previous = null, IcalOptions? options = null) =>
            Native.plan_to_invitation(Self, point, Utf8.DocumentOrNone(previous), options?.Self);

        /// <summary>Frees the plan.  One of needs goes with those.</summary>
        public void Dispose()
        {
            if (owned)
                Self.Owner.Dispose();
        }

        private static IReadOnlyList<string> Sentences(string lines) =>
            Array.AsReadOnly(lines.Split(new[] { '\n' }, StringSplitOptions.RemoveEmptyEntries));
    }
}
