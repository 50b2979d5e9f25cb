#nullable enable
using System;
using System.Collections;
using System.Collections.Generic;

namespace Pfh
{
    /// <summary>What a calendar shows, and how.  Where it is taken, null stands for the defaults.</summary>
    /// <remarks>
    /// <para>The keys are level, unit, role, kind, state, from, to, horizon_days, language, form, span, alarm, name,
    /// refresh, stamp, domain, tell, audience, keep_days, organizer and attendee: the table is in doc/calendars.md.</para>
    /// <code>new IcalOptions { ["unit"] = "skien-kreftkoordinator", ["horizon_days"] = 14 }</code>
    /// </remarks>
    public sealed class IcalOptions : IDisposable
    {
        internal IReference Self { get; } = Native.ical_options_new();

        /// <summary>Makes options with all the defaults.</summary>
        public IcalOptions()
        {
        }

        /// <summary>Sets an option, as <see cref="Set"/> does.</summary>
        public object? this[string key]
        {
            set => Set(key, value);
        }

        /// <summary>Sets an option to a text, a whole number, a date, a timestamp (as in <see cref="Record.Set"/>) or a
        /// member of an enum; null takes the default back, and with level, unit and role: tasks without one.</summary>
        public void Set(string key, object? value) => Native.ical_options_set(Self, key, Written.TextOf(key, value));

        /// <summary>Takes the contact details of the units from a policy, which are copied; the last call counts.</summary>
        public void Policy(Policy policy) => Native.ical_options_policy(Self, Given.Self(policy, nameof(policy)));

        /// <summary>Frees the options.</summary>
        public void Dispose() => Self.Owner.Dispose();
    }

    /// <summary>A calendar that plans are added to, one at a time: for so many that they are not all to be in memory.
    /// </summary>
    public sealed class Feed : IDisposable
    {
        private readonly Handle self;

        /// <summary>Begins a feed.</summary>
        /// <param name="previous">what was written before, or what a server made of it; null: a new calendar</param>
        /// <param name="options">copied</param>
        public Feed(string? previous = null, IcalOptions? options = null)
        {
            self = Native.feed_new(Utf8.DocumentOrNone(previous), options?.Self);
        }

        /// <summary>Adds what a plan has to tell.  Nothing of the plan is kept.</summary>
        public void Add(Plan plan) => Native.feed_add(self, Given.Self(plan, nameof(plan)));

        /// <summary>How many entries there are now, without cancelled ones.</summary>
        public int Count => Native.feed_count(self);

        /// <summary>Writes the calendar; more can be added afterwards.</summary>
        public string ToIcal() => Native.feed_to_ical(self);

        /// <summary>Frees the feed.</summary>
        public void Dispose() => self.Dispose();
    }

    /// <summary>What somebody did in a calendar, as a proposed event.  Nothing is applied by itself.</summary>
    public sealed class Proposal
    {
        private static readonly string[] names = { "Pathway", "Task", "Point", "Kind", "Needs", "Uid", "Line" };

        private readonly ProposalRow row;

        internal Proposal(ProposalRow row, Record? @event)
        {
            this.row = row;
            Event = @event;
        }

        /// <summary>The id of the pathway.</summary>
        public string Pathway => row.Pathway;

        /// <summary>The id of the task in the plan.</summary>
        public string Task => row.Task;

        /// <summary>At which point; null: none.</summary>
        public int? Point => row.Point;

        /// <summary>The kind of the task.</summary>
        public TaskKind Kind => row.Kind;

        /// <summary>The event, all but <c>id</c> and <c>recorded</c>: who agrees sets those and appends it.  Null where
        /// more must be known.</summary>
        public Record? Event { get; }

        /// <summary>What a person must say first, where there is no event: "answer", "start", "assessment" ...</summary>
        public string? Needs => row.Needs;

        /// <summary>The UID of the entry.</summary>
        public string Uid => row.Uid;

        /// <summary>The line on which the entry begins, from 1.</summary>
        public int Line => row.Line;

        /// <summary>The values in one line, for a debugger, but for the event; it holds what they hold.</summary>
        public override string ToString() => Values.Show(nameof(Proposal), names,
            new object?[] { Pathway, Task, Point, Kind, Needs, Uid, Line });
    }

    /// <summary>What people did in a calendar, in its order.  The events live in it.</summary>
    public sealed class Proposals : IReadOnlyList<Proposal>, IDisposable
    {
        private readonly Handle self;
        private readonly List<Proposal> rows = new List<Proposal>();

        internal Proposals(Handle self)
        {
            this.self = self;
            foreach (ProposalRow row in Block.List(Native.proposals_rows(self), from => new ProposalRow(from)))
                rows.Add(new Proposal(row, Record.In(self, Native.proposals_event(self, rows.Count))));
        }

        /// <summary>How many proposals there are.</summary>
        public int Count => rows.Count;

        /// <summary>A proposal.</summary>
        public Proposal this[int index] => rows[index];

        /// <summary>Goes over the proposals.</summary>
        public IEnumerator<Proposal> GetEnumerator() => rows.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <summary>Frees the events of the proposals.</summary>
        public void Dispose() => self.Dispose();
    }
}
