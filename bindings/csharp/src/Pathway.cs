#nullable enable
using System;
using System.Collections;
using System.Collections.Generic;

namespace Pfh
{
    /// <summary>One patient's Pakkeforløp hjem: who, which diagnosis, and what has happened.</summary>
    /// <remarks>Events are only ever added; a mistake is put right by an event of type <c>corrected</c>.  A pathway may
    /// be read by any number of threads; one that is appended to meanwhile throws.</remarks>
    public sealed class Pathway : IDisposable
    {
        internal IReference Self { get; }

        internal Pathway(Handle handle)
        {
            Self = handle;
            Events = new EventList(handle);
        }

        /// <summary>Makes a pathway without events from the record of its head.</summary>
        /// <exception cref="PfhException">Something is missing, or does not go together.</exception>
        public Pathway(Record head) : this(Native.pathway_build(Given.Self(head, nameof(head))))
        {
        }

        /// <summary>Reads a <c>pfh-pathway/1</c> document.</summary>
        /// <exception cref="PfhException">The document is refused; <see cref="PfhException.Where"/> says where.</exception>
        public static Pathway Parse(string text) => new Pathway(Native.pathway_parse(Utf8.Document(text)));

        /// <summary>Reads a <c>pfh-pathway/1</c> document in UTF-8.</summary>
        /// <exception cref="PfhException">The document is refused; <see cref="PfhException.Where"/> says where.</exception>
        public static Pathway Parse(byte[] text) => new Pathway(Native.pathway_parse(Utf8.Document(text)));

        /// <summary>Adds an event, which is copied: the record is yours, to be disposed of or left to the collector.</summary>
        /// <exception cref="PfhException">The event is refused; the pathway is as it was.</exception>
        /// <exception cref="InvalidOperationException">Another thread uses the pathway.</exception>
        public void Append(Record @event) => Native.pathway_append(Self, Given.Self(@event, nameof(@event)));

        /// <summary>Writes the pathway as <c>pfh-pathway/1</c>: the same pathway gives the same bytes.</summary>
        public string ToJson() => Native.pathway_to_json(Self);

        /// <summary>The pathway's id.</summary>
        public string Id => Native.pathway_id(Self);

        /// <summary>The edition that the pathway names.</summary>
        public Edition Edition => Edition.Find(Native.pathway_edition(Self));

        /// <summary>All but the events, to be read.</summary>
        public Record Head => Record.In(Self, Native.pathway_head(Self))!;

        /// <summary>The events in the order in which they count, to be read.  The list is as the pathway is at each
        /// call; a loop goes over the events that were there when it began.</summary>
        public IReadOnlyList<Record> Events { get; }

        /// <summary>The event of an id; null where there is none.</summary>
        public Record? Find(string id) => Record.In(Self, Native.pathway_find(Self, id));

        /// <summary>What follows from the pathway on a day.</summary>
        /// <param name="asOf">the day, today in Oslo; what happened later does not count</param>
        /// <param name="policy">local rules; null: the defaults</param>
        /// <param name="knownAt">an RFC 3339 timestamp, as <c>DateTimeOffset.UtcNow.ToString("o")</c> writes it: what was
        /// recorded later does not count; null: all counts</param>
        /// <param name="edition">the edition to plan under, by its name or an <see cref="Pfh.Edition"/>; null: the one
        /// that the pathway names</param>
        public Plan Plan(DateTime asOf, Policy? policy = null, string? knownAt = null, string? edition = null) =>
            new Plan(Native.plan_derive(Self, policy?.Self, Dates.To(asOf, nameof(asOf)), knownAt, edition));

        /// <summary>The needs assessment through time, as of a day; the arguments are those of <see cref="Plan"/>.</summary>
        public Needs Needs(DateTime asOf, Policy? policy = null, string? knownAt = null, string? edition = null) =>
            new Needs(Native.needs_derive(Self, policy?.Self, Dates.To(asOf, nameof(asOf)), knownAt, edition));

        /// <summary>Makes the copy for an audience, with no more than it needs.</summary>
        /// <param name="audience">whom it is for</param>
        /// <param name="policy">says whether the municipality takes messages; null: the defaults</param>
        /// <param name="override">hand over to the municipality although the policy says that there is no
        /// agreement</param>
        public Pathway Handover(Audience audience, Policy? policy = null, bool @override = false) =>
            new Pathway(Native.pathway_handover(Self, (int)audience, policy?.Self, @override ? 1 : 0));

        /// <summary>Merges another copy with this one, into a new pathway.</summary>
        /// <exception cref="PfhException"><see cref="Status.Conflict"/>: they contradict each other, and
        /// <see cref="Diff"/> lists where.</exception>
        public Pathway Merge(Pathway theirs, MergeOptions? options = null) =>
            new Pathway(Native.pathway_merge(Self, Given.Self(theirs, nameof(theirs)), options?.Self));

        /// <summary>What another copy has that this one has not, and where they contradict each other.</summary>
        public Diff Diff(Pathway theirs, MergeOptions? options = null)
        {
            using (Handle diff = Native.pathway_diff(Self, Given.Self(theirs, nameof(theirs)), options?.Self))
                return new Diff(diff);
        }

        /// <summary>Frees the pathway.  Records of it throw <see cref="ObjectDisposedException"/> then.</summary>
        public void Dispose() => Self.Owner.Dispose();

        private sealed class EventList : IReadOnlyList<Record>
        {
            private readonly IReference pathway;

            internal EventList(IReference pathway)
            {
                this.pathway = pathway;
            }

            public int Count => Native.pathway_event_count(pathway);

            public Record this[int index] =>
                Record.In(pathway, Native.pathway_event(pathway, index)) ??
                throw new ArgumentOutOfRangeException(nameof(index));

            public IEnumerator<Record> GetEnumerator()
            {
                List<Record> events = new List<Record>();
                for (int i = 0; Record.In(pathway, Native.pathway_event(pathway, i)) is Record one; i++)
                    events.Add(one);
                return events.GetEnumerator();
            }

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }
    }
}
