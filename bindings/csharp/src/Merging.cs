#nullable enable
using System;
using System.Collections;
using System.Collections.Generic;

namespace Pfh
{
    /// <summary>How two copies are merged.  Where it is taken, null stands for the defaults.</summary>
    public sealed class MergeOptions : IDisposable
    {
        internal IReference Self { get; } = Native.merge_options_new();

        /// <summary>Makes options with all the defaults.</summary>
        public MergeOptions()
        {
        }

        /// <summary>Asks for one edition, by its name or an <see cref="Pfh.Edition"/>: a copy of "hdir-2021-draft" is read
        /// as one of "hdir-2022"; null: both copies must name the same.</summary>
        public void Edition(string? edition) => Native.merge_options_edition(Self, edition);

        /// <summary>Resolves a conflict.  Of two choices for one conflict the last counts.</summary>
        /// <param name="conflict">the name of a <see cref="Difference"/>: "/diagnosis", "event:e7"</param>
        /// <param name="side">whose is taken; null takes the choice back</param>
        public void Choose(string conflict, Side? side) =>
            Native.merge_options_choose(Self, conflict ?? throw Given.Null(nameof(conflict)), (int?)side ?? 0);

        /// <summary>Resolves all conflicts that nothing else was said of, but "/id": these may be two patients.</summary>
        public void ChooseAll(Side? side) => Native.merge_options_choose(Self, null, (int?)side ?? 0);

        /// <summary>Frees the options.</summary>
        public void Dispose() => Self.Owner.Dispose();
    }

    /// <summary>What one copy has that another has not, and where they contradict each other: what stands beside the
    /// events, then the events in the order in which they count.</summary>
    public sealed class Diff : IReadOnlyList<Difference>
    {
        private readonly IReadOnlyList<Difference> rows;

        internal Diff(Handle diff)
        {
            rows = Block.List(Native.diff_rows(diff), row => new Difference(row));
            ConflictCount = Native.diff_conflict_count(diff);
        }

        /// <summary>How many of the rows are conflicts for which nothing was chosen: 0 can be merged.</summary>
        public int ConflictCount { get; }

        /// <summary>How many rows there are.</summary>
        public int Count => rows.Count;

        /// <summary>A row.</summary>
        public Difference this[int index] => rows[index];

        /// <summary>Goes over the rows.</summary>
        public IEnumerator<Difference> GetEnumerator() => rows.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
