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

        /// <summary>Sets a text, a whole number, a flag, a date, a member of an enum (by its word), or takes the value
        /// away (null).</summary>
        /// <exception cref="PfhException">The key does not exist, or the value is not one for it.</exception>
        /// <exception cref="ArgumentException">The value is of a type that no key takes.</exception>
        public object? this[string path]
        {
            set
            {
                if (value == null || value is string)
                    Set(path, (string?)value);
                else if (value is int number)
                    Set(path, number);
                else if (value is bool flag)
                    Set(path, flag);
                else if (value is DateTime date)
                    Set(path, date);
                else
                    Set(path, Words.Of(value) ?? throw new ArgumentException(
                        $"a {value.GetType().Name} is no value of a record", nameof(value)));
            }
        }

        /// <summary>Sets a text, a word of a list, an id, a date, a timestamp, an appointment or a code, as in a
        /// document; null takes it away.</summary>
        public void Set(string path, string? value) => Native.record_set_text(Self, path, value);

        /// <summary>Sets a number, or a word of a list by its value.</summary>
        public void Set(string path, int value)
        {
            if (value == int.MinValue) // which stands for "none" in C
                throw new ArgumentOutOfRangeException(nameof(value));
            Native.record_set_number(Self, path, value);
        }

        /// <summary>Sets a flag.</summary>
        public void Set(string path, bool value) => Native.record_set_flag(Self, path, value ? 1 : 0);

        /// <summary>Sets a date, or an appointment on a whole day.</summary>
        /// <exception cref="ArgumentException">The value has a time of day.</exception>
        public void Set(string path, DateTime value) => Native.record_set_date(Self, path, Dates.To(value, nameof(value)));

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
