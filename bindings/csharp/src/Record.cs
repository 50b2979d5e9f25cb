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
    /// <para>A value is checked when it is set.  What libpfh refused stays with the record, which is refused again where
    /// it is appended or built of, and can only be disposed of; what was refused before it came there, a NUL or a value
    /// of a wrong type, does not stay.  Records of a pathway or a policy are read-only: setting a value there is
    /// refused.</para>
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

        private Record(Handle made)
        {
            Self = made;
            owned = true;
        }

        private Record(IReference parent, IntPtr pointer)
        {
            Self = new Child(parent, pointer);
        }

        // A record that lives in something else, or null.
        internal static Record? In(IReference parent, IntPtr pointer) =>
            pointer == IntPtr.Zero ? null : new Record(parent, pointer);

        /// <summary>Reads a record from JSON: an object with the keys of its kind, as it stands in a document.  More may
        /// be set in it.</summary>
        /// <exception cref="PfhException">The text is refused; <see cref="PfhException.Where"/> says where.  What must be
        /// there, and what goes together, is asked for when the record is used.</exception>
        public static Record Parse(RecordKind kind, string text) =>
            new Record(Native.record_parse((int)kind, Utf8.Document(text)));

        /// <summary>Reads a record from JSON in UTF-8.</summary>
        /// <exception cref="PfhException">The text is refused; <see cref="PfhException.Where"/> says where.</exception>
        public static Record Parse(RecordKind kind, byte[] text) =>
            new Record(Native.record_parse((int)kind, Utf8.Document(text)));

        /// <summary>Writes the record as it stands in a document: an object on one line.</summary>
        public string ToJson() => Native.record_to_json(Self);

        /// <summary>Sets a value, as <see cref="Set"/> does.</summary>
        public object? this[string path]
        {
            set => Set(path, value);
        }

        /// <summary>Sets a text, a whole number of any type, a flag, a date or a time, a member of an enum or an
        /// <see cref="Edition"/>; null takes the value away.</summary>
        /// <remarks>
        /// <para>Ids, codes and words are texts, as in a document, and so may dates and times be.  Else they are
        /// these:</para>
        /// <para>A <see cref="DateTime"/> at midnight is a date, or an appointment on a whole day.  With a time of day it
        /// is an appointment on the clock in Oslo where its Kind is Unspecified, in whole minutes, and a timestamp where
        /// that is Utc or Local.  A <see cref="DateTimeOffset"/> is a timestamp at any time.  (An appointment at midnight
        /// is a text: "2026-05-11T00:00".)</para>
        /// </remarks>
        /// <exception cref="PfhException">The key does not exist, or the value is not one for it.</exception>
        /// <exception cref="ArgumentException">No key takes a value of that type, or an appointment is not at a whole
        /// minute; it names the key, and repeats no value.</exception>
        public void Set(string path, object? value)
        {
            string key = path ?? throw Given.Null(nameof(path));
            if (Written.NumberOf(key, value) is int number)
                Native.record_set_number(Self, key, number);
            else if (value is bool flag)
                Native.record_set_flag(Self, key, flag ? 1 : 0);
            else if (value is DateTime date && Written.IsDay(date))
                Native.record_set_date(Self, key, Dates.To(date, nameof(value)));
            else
                Native.record_set_text(Self, key, Written.TextOf(key, value));
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

        /// <summary>Frees the record.  One that lives in a pathway, a policy or a proposal goes with
        /// that: disposing of it does nothing.</summary>
        public void Dispose()
        {
            if (owned)
                Self.Owner.Dispose();
        }
    }
}
