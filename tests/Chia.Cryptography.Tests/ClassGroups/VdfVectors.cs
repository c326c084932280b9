using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Chia.Cryptography.ClassGroups;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Testing;

namespace Chia.Cryptography.Tests.ClassGroups;

/// <summary>Reads <c>vdf.json</c> (VDF.md 11) and the proofs of time of the chain vectors.</summary>
internal static class VdfVectors
{
    private static readonly JsonDocument Document = Vectors.Json("vdf.json");

    public static IEnumerable<JsonElement> List(params string[] path)
    {
        var element = Document.RootElement;
        foreach (var name in path)
            element = element.GetProperty(name);
        return element.EnumerateArray();
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static BigInteger Number(this JsonElement element, string name) => Number(element.Text(name));

    public static QuadraticForm Form(this JsonElement element, string name)
    {
        var parts = element.GetProperty(name);
        return new QuadraticForm(Number(parts[0].GetString()!), Number(parts[1].GetString()!), Number(parts[2].GetString()!));
    }

    /// <summary>A case of the list "proofs".</summary>
    public static ProofOfTime Proof(this JsonElement element) => new(
        Bytes32.FromHex(element.Text("challenge")),
        element.GetProperty("iterations").GetUInt64(),
        new ClassgroupElement(Coefficient(element.Number("a")), Coefficient(element.Number("b"))),
        element.GetProperty("witness_type").GetByte(),
        ByteString.FromHex(element.Text("witness")));

    /// <summary>An int1024 as it travels.</summary>
    public static ByteString Coefficient(BigInteger value)
    {
        var bytes = new byte[ClassgroupElement.NumberSize];
        QuadraticForm.Write(value, bytes);
        return ByteString.Adopt(bytes);
    }

    /// <summary>The proofs of time of a chain file, in order.</summary>
    public static List<ProofOfTime> OfChain(string chain, string file = "blocks.bin") =>
        [.. Vectors.Records("chains", chain, file).Select(r => StreamableExtensions.Decode<FullBlock>(r).HeaderBlock.ProofOfTime!)];

    private static BigInteger Number(string hex)
    {
        var negative = hex.StartsWith('-');
        var digits = "0" + hex[(negative ? 3 : 2)..];
        var magnitude = BigInteger.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return negative ? -magnitude : magnitude;
    }
}
