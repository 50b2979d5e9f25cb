#nullable enable
using System;
using System.Collections.Generic;
using System.IO;

namespace Pfh
{
    /// <summary>A line of NDJSON that was read.</summary>
    public sealed class Line
    {
        internal Line(LineRow row)
        {
            Number = row.Number;
            Pathway = row.Pathway == null ? null : new Pathway(row.Pathway);
            Error = row.Error == null ? null : new PfhException(row.Error);
            Text = row.Text;
            Continued = row.Continued;
        }

        /// <summary>From 1, blank lines counted.</summary>
        public long Number { get; }

        /// <summary>The pathway, yours; null when the line is refused.</summary>
        public Pathway? Pathway { get; }

        /// <summary>Why the line is refused; null when it is not.</summary>
        public PfhException? Error { get; }

        /// <summary>The line as it came, with the line end that it had.</summary>
        public byte[] Text { get; }

        /// <summary>Whether these are more bytes of the same refused line as before.</summary>
        public bool Continued { get; }
    }

    // Reads pathways, one a line.
    internal static class Caseload
    {
        private const int PieceSize = 64 * 1024;

        internal static IEnumerable<Line> Read(Stream stream)
        {
            byte[] piece = Utf8.Document(new byte[PieceSize]);
            bool more = true;
            using (Handle reader = Native.caseload_new())
                while (more)
                {
                    more = Utf8.Next(stream, piece);
                    foreach (Line line in Fed(reader, piece))
                        yield return line;
                }
        }

        internal static IEnumerable<Line> Read(IEnumerable<byte[]> pieces)
        {
            using (Handle reader = Native.caseload_new())
            {
                foreach (byte[] piece in pieces)
                    if ((piece ?? throw Given.Null(nameof(pieces))).Length > 0) // nothing would say that there is no more
                        foreach (Line line in Fed(reader, Utf8.Document(piece)))
                            yield return line;
                foreach (Line line in Fed(reader, Utf8.Document(new byte[0])))
                    yield return line;
            }
        }

        private static IEnumerable<Line> Fed(Handle reader, byte[] piece)
        {
            Native.caseload_feed(reader, piece);
            while (Block.First(Native.caseload_next(reader), row => new LineRow(row)) is LineRow line)
                yield return new Line(line);
        }
    }
}
