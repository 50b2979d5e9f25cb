#nullable enable
using System;

namespace Pfh
{
    /// <summary>What libpfh refuses, and where the mistake is.  Nothing personal stands in it.</summary>
    public sealed class PfhException : Exception
    {
        /// <summary>What kind of mistake it is.</summary>
        public Status Status { get; }

        /// <summary>A JSON pointer into the document ("/events/3/point"), or the name of the argument.</summary>
        public string Where { get; }

        /// <summary>One English sentence without a full stop.</summary>
        public string Text { get; }

        /// <summary>The byte at which a text is wrong, from 0; -1 where that says nothing.</summary>
        public int Offset { get; }

        internal PfhException(Failure failure) : this(failure.Status, failure.Where, failure.Text, failure.Offset)
        {
        }

        internal PfhException(Status status, string where, string text, int offset = -1)
            : base(status.Word() + (where.Length == 0 ? "" : " at " + where) + ": " + text)
        {
            Status = status;
            Where = where;
            Text = text;
            Offset = offset;
        }
    }
}
