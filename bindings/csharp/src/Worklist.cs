#nullable enable
using System;
using System.Collections;
using System.Collections.Generic;

namespace Pfh
{
    /// <summary>The open tasks of many plans, in the order in which they are due.</summary>
    /// <remarks>
    /// <code>
    /// list.Filter("level", Level.Municipality);
    /// foreach (Plan plan in plans)
    ///     list.Add(plan);
    /// list.Sort();
    /// foreach (Work work in list) ...
    /// </code>
    /// </remarks>
    public sealed class Worklist : IReadOnlyCollection<Work>, IDisposable
    {
        private readonly Handle self = Native.worklist_new();

        /// <summary>Makes an empty list.</summary>
        public Worklist()
        {
        }

        /// <summary>Narrows what is taken from plans that are added later.  Values of one key are alternatives; keys
        /// narrow each other.</summary>
        /// <param name="key">"level", "unit", "role", "kind" or "state" with a member of the enum or its word; "from" or
        /// "to" with a date, the first and last due date that is taken</param>
        /// <param name="value">null with level, unit or role: tasks without one</param>
        public void Filter(string key, object? value) => Native.worklist_filter(self, key, Written.TextOf(key, value));

        /// <summary>Adds the tasks of a plan that pass the filter.</summary>
        public void Add(Plan plan) => Native.worklist_add(self, Given.Self(plan, nameof(plan)));

        /// <summary>Sorts by due, from, point (none first), kind, task id, pathway id.</summary>
        public void Sort() => Native.worklist_sort(self);

        /// <summary>How many tasks there are.</summary>
        public int Count => Native.worklist_count(self);

        /// <summary>Goes over the tasks as they are when the loop begins.</summary>
        public IEnumerator<Work> GetEnumerator() =>
            ((IEnumerable<Work>)Block.List(Native.worklist_rows(self), row => new Work(row))).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <summary>Frees the list.</summary>
        public void Dispose() => self.Dispose();
    }
}
