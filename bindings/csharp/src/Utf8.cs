// Utf8.cs -- texts on their way to the library: UTF-8, and nothing that would be cut or replaced.
#nullable enable
using System;
using System.IO;
using System.Text;

namespace Pfh
{
    internal static class Utf8
    {
        private const int Ahead = sizeof(long); // the size of a document stands before it

        internal static readonly UTF8Encoding Strict = new UTF8Encoding(false, true);

        // A name with its NUL, of an argument that has to be there.
        internal static byte[] Name(string? text, string where)
        {
            if (text == null)
                throw Given.Null(where);
            if (text.IndexOf('\0') >= 0)
                throw new PfhException(Status.Argument, where, "a text with a NUL inside cannot be given here");
            return Encoded(text, where, 0, 1);
        }

        // And of one that may be null.
        internal static byte[]? NameOrNone(string? text, string where) => text == null ? null : Name(text, where);

        internal static byte[] Terminated(string text) => Encoded(text, "text", 0, 1);

        // A document with its size; a NUL in it travels on.
        internal static byte[] Document(string? text)
        {
            byte[] document = Encoded(text ?? throw Given.Null(nameof(text)), "text", Ahead, 0);
            PutSize(document, document.Length - Ahead);
            return document;
        }

        internal static byte[]? DocumentOrNone(string? text) => text == null ? null : Document(text);

        internal static byte[] Document(byte[]? text)
        {
            if (text == null)
                throw Given.Null(nameof(text));
            byte[] document = new byte[Ahead + text.Length];
            Buffer.BlockCopy(text, 0, document, Ahead, text.Length);
            PutSize(document, text.Length);
            return document;
        }

        // The next piece of a stream, in a document that is used again and again; false at the end.
        internal static bool Next(Stream stream, byte[] document)
        {
            int size = stream.Read(document, Ahead, document.Length - Ahead);
            PutSize(document, size);
            return size > 0;
        }

        private static byte[] Encoded(string text, string where, int before, int after)
        {
            try
            {
                byte[] bytes = new byte[before + Strict.GetByteCount(text) + after];
                Strict.GetBytes(text, 0, text.Length, bytes, before);
                return bytes;
            }
            catch (EncoderFallbackException)
            {
                throw new PfhException(Status.Argument, where, "a surrogate without its other half is no text");
            }
        }

        private static void PutSize(byte[] document, long size)
        {
            for (int i = 0; i < Ahead; i++)
                document[BitConverter.IsLittleEndian ? i : Ahead - 1 - i] = (byte)(size >> (8 * i));
        }
    }
}
