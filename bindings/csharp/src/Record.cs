#nullable enable
using System;

namespace Pfh
{
    /// <summary>Facts about one thing: the head of a pathway, an event or a policy.</summary>
    /// <remarks>
    /// <para>Its parts are named by the keys of the documents with <c>/</c> between: "diagnosis/date",
    /// "assessment/topics/0/need".  A list grows when its next index is set.</para>
    /// <code>
    /// new Record(RecordKind.Event) { ["id"] = "e4", ["type"] = EventType.Offered, ["date"] = today, ["point"] = 2 }
    /// </code>
    /// <para>A value is checked when it is set.  A record that refused one keeps that error and can only be disposed
    /// of.  Records of a pathway or a policy are read-only: setting a value there is refused.</para>
    /// </remarks>
    public sealed class Record : IDisposable
    {
        private readonly bool owned;

        internal IReference Self { get; }

        /// <summary>Makes an empty record.</summary>
        public Record(RecordKind kind)
        {
            Self = Native.record_new((int)kind);
            owned = true;
        }

        private Record(IReference parent, IntPtr pointer)
        {
            Self = new Child(parent, pointer);
        }

        /// <summary>A record that lives in something else, or null.</summary>
        internal static Record? In(IReference parent, IntPtr pointer) =>
            pointer == IntPtr.Zero ? null : new Record(parent, pointer);

        /// <summary>Sets a value, as <see cref="Set"/> does.</summary>
        public object? this[string path]
        {
            set => Set(path, value);
        }

        /// <summary>Sets a text, a whole number, a flag, a date (also an appointment on a whole day) or a member of an
        /// enum; null takes the value away.  Ids, timestamps, appointments, codes and words are texts, as in a
        /// document.</summary>
        /// <exception cref="PfhException">The key does not exist, or the value is not one for it.</exception>
        /// <exception cref="ArgumentException">No key takes a value of that type, or a date has a time of day.</exception>
        public void Set(string path, object? value)
        {
            if (value is int number && number != int.MinValue) // which stands for "none" in C
                Native.record_set_number(Self, path, number);
            else if (value is bool flag)
                Native.record_set_flag(Self, path, flag ? 1 : 0);
            else if (value is DateTime date)
                Native.record_set_date(Self, path, Dates.To(date, nameof(value)));
            else
                Native.record_set_text(Self, path, Written.TextOf(value));
        }

        /// <summary>Sets a value of your own: the path ends in a key that begins with <c>x_</c>; null takes it away.
        /// In that key <c>~1</c> stands for <c>/</c> and <c>~0</c> for <c>~</c>.</summary>
        public void SetJson(string path, string? json) => Native.record_set_json(Self, path, json);

        /// <summary>A text, word, id, timestamp, appointment or code; null where it is absent or no text.  Of a key of
        /// your own: its value as JSON.</summary>
        public string? Text(string path) => Native.record_text(Self, path);

        /// <summary>A number, or a word's value in its list; null where absent.</summary>
        public int? Number(string path)
        {
            int value = Native.record_number(Self, path);
            return value == int.MinValue ? (int?)null : value;
        }

        /// <summary>A flag; null where absent.</summary>
        public bool? Flag(string path)
        {
            int value = Native.record_flag(Self, path);
            return value == int.MinValue ? (bool?)null : value != 0;
        }

        /// <summary>A date, also that of an appointment; null where absent.</summary>
        public DateTime? Date(string path)
        {
            int value = Native.record_date(Self, path);
            return value == int.MinValue ? (DateTime?)null : Dates.From(value);
        }

        /// <summary>How many members a list has; 0 where it is absent or no list.</summary>
        public int Count(string path) => Native.record_count(Self, path);

        /// <summary>Frees the record.  One that lives in a pathway, a policy or a proposal goes with that.</summary>
        public void Dispose()
        {
            if (owned)
                Self.Owner.Dispose();
        }
    }
}
