// Block.cs -- reads what bindings/rows.h writes: values in a block of native memory, field by field.
#nullable enable
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Runtime.InteropServices;

namespace Pfh
{
    internal sealed unsafe class Block
    {
        private const int None = int.MinValue; // PFH_NONE

        private byte* at;
        private readonly int rows;

        internal Block(byte* start)
        {
            at = start;
        }

        private Block(IntPtr block)
        {
            at = (byte*)block + sizeof(long);
            rows = Number();
        }

        // ---- Whole blocks, which are released ------------------------------------------------------------

        // The text of a block, or null where there is none and nothing failed.
        internal static string? Text(IntPtr block)
        {
            if (block == IntPtr.Zero)
            {
                Failed.Check();
                return null;
            }
            try
            {
                return Utf8.Strict.GetString((byte*)block + sizeof(long), checked((int)*(long*)block));
            }
            finally
            {
                Glue.Release(block);
            }
        }

        internal static ReadOnlyCollection<T> List<T>(IntPtr block, Func<Block, T> row)
        {
            try
            {
                Block from = new Block(block);
                T[] list = new T[from.rows];
                for (int i = 0; i < list.Length; i++)
                    list[i] = row(from);
                return Array.AsReadOnly(list);
            }
            finally
            {
                Glue.Release(block);
            }
        }

        internal static T? First<T>(IntPtr block, Func<Block, T> row) where T : class
        {
            ReadOnlyCollection<T> list = List(block, row);
            return list.Count == 0 ? null : list[0];
        }

        // ---- Fields --------------------------------------------------------------------------------------

        internal int Number()
        {
            int value = *(int*)at;
            at += sizeof(int);
            return value;
        }

        internal int? NumberOrNone()
        {
            int value = Number();
            return value == None ? (int?)null : value;
        }

        internal long Long()
        {
            long value = *(long*)at;
            at += sizeof(long);
            return value;
        }

        internal bool Flag() => Number() != 0;

        internal bool? FlagOrNone()
        {
            int value = Number();
            return value == None ? (bool?)null : value != 0;
        }

        internal DateTime Date() => Dates.From(Number());

        internal DateTime? DateOrNone()
        {
            int value = Number();
            return value == None ? (DateTime?)null : Dates.From(value);
        }

        internal string Text() => TextOrNone() ?? "";

        internal string? TextOrNone()
        {
            int size = Number();
            if (size < 0)
                return null;
            string text = Utf8.Strict.GetString(at, size);
            at += size;
            return text;
        }

        internal byte[] Bytes()
        {
            byte[] bytes = new byte[Math.Max(Number(), 0)];
            Marshal.Copy((IntPtr)at, bytes, 0, bytes.Length);
            at += bytes.Length;
            return bytes;
        }

        internal Handle? Object(Kind kind)
        {
            IntPtr made = new IntPtr(Long());
            return made == IntPtr.Zero ? null : new Handle(kind, made);
        }

        internal T? Part<T>(Func<Block, T> part) where T : class => Flag() ? part(this) : null;

        internal IReadOnlyList<T> Rows<T>(Func<Block, T> row)
        {
            int count = Number();
            if (count == 0)
                return Nothing<T>.List;
            T[] list = new T[count];
            for (int i = 0; i < list.Length; i++)
                list[i] = row(this);
            return Array.AsReadOnly(list);
        }

        private static class Nothing<T>
        {
            internal static readonly IReadOnlyList<T> List = Array.AsReadOnly(new T[0]);
        }
    }
}
