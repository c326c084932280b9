using System.Text.Json;
using Chia.Cryptography.Bls12381;
using Chia.Testing;

namespace Chia.Cryptography.Tests.Bls12381;

/// <summary>The entries of <c>tests/vectors/bls.json</c>.</summary>
internal static class BlsVectors
{
    private static readonly JsonDocument Document = Vectors.Json("bls.json");

    /// <summary>A section by name; an empty section is a mistake.</summary>
    public static IReadOnlyList<JsonElement> Section(string name)
    {
        var entries = Document.RootElement.GetProperty(name).EnumerateArray().ToList();
        Assert.NotEmpty(entries);
        return entries;
    }

    public static JsonElement Object(string name) => Document.RootElement.GetProperty(name);

    public static string Text(this JsonElement entry, string name) => entry.GetProperty(name).GetString()!;

    public static byte[] Bytes(this JsonElement entry, string name) => Convert.FromHexString(entry.Text(name));

    public static Fq2 Fq2(this JsonElement pair) => Chia.Cryptography.Bls12381.Fq2.FromHex(pair[0].GetString()!, pair[1].GetString()!);

    public static string Hex(Fq value)
    {
        var bytes = new byte[Fq.Size];
        value.ToBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    public static string Hex(Fq2 value) => $"{Hex(value.C0)} {Hex(value.C1)}";

    public static string Hex(JsonElement pair) => $"{pair[0].GetString()} {pair[1].GetString()}";
}
