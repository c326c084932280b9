using Chia.Protocol.Primitives;
using Microsoft.Data.Sqlite;

namespace Chia.Storage.Sqlite;

/// <summary>Columns of a row, whatever is in them: SQLite's types belong to the values, and a damaged file may hold any.</summary>
internal static class SqliteColumns
{
    /// <summary>The bytes; null if it is something else.</summary>
    internal static byte[]? Blob(this SqliteDataReader row, int column) => row.GetValue(column) as byte[];

    /// <summary>The number; null if it is something else.</summary>
    internal static long? Integer(this SqliteDataReader row, int column) => row.GetValue(column) is long number ? number : null;

    /// <summary>The height; null if it is something else.</summary>
    internal static uint? Height(this SqliteDataReader row, int column) =>
        row.GetValue(column) is long number and >= 0 and <= uint.MaxValue ? (uint)number : null;

    /// <summary>The hash; null if it is something else.</summary>
    internal static Bytes32? Hash(this SqliteDataReader row, int column) =>
        row.GetValue(column) is byte[] { Length: Bytes32.Size } bytes ? new Bytes32(bytes) : null;
}
