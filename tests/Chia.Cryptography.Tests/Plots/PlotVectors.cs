using System.Globalization;
using System.Text.Json;
using Chia.Protocol.Primitives;
using Chia.Testing;

namespace Chia.Cryptography.Tests.Plots;

/// <summary>Reading <c>pospace.json</c>: numbers of up to 236 bits in hexadecimal, byte strings in hexadecimal.</summary>
internal static class PlotVectors
{
    private static readonly JsonDocument Document = Vectors.Json("pospace.json");

    public static IEnumerable<JsonElement> Section(string name) => Document.RootElement.GetProperty(name).EnumerateArray();

    public static JsonElement Object(string name) => Document.RootElement.GetProperty(name);

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static int Int(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static byte[] Bytes(this JsonElement element, string name) => Convert.FromHexString(element.Text(name));

    public static Bytes32 Bytes32(this JsonElement element, string name) => Protocol.Primitives.Bytes32.FromHex(element.Text(name));

    public static ulong Number(this JsonElement element, string name) => Number(element.Text(name));

    public static ulong Number(string hex) => ulong.Parse(hex.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static UInt128 Wide(string hex) => UInt128.Parse(hex.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>A bit string given as the hexadecimal of its value, as '0' and '1' of its full length.</summary>
    public static string BitString(this JsonElement element, string name, int bits)
    {
        var text = string.Concat(element.Text(name)[2..].Select(c =>
            Convert.ToString(int.Parse(c.ToString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture), 2).PadLeft(4, '0')));
        return text.TrimStart('0').PadLeft(bits, '0');
    }
}
