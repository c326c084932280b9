using System.Reflection;
using System.Runtime.InteropServices;

namespace Chia.Cryptography.ClassGroups.Limbs;

/// <summary>
/// The entry points of GNU MP that are used. The mpn functions take at most a few microseconds and call nothing back, so
/// they go without a GC transition; a modular power takes longer and gets one.
/// </summary>
internal static unsafe partial class GmpNative
{
    private const string Library = "libgmp.so.10";

    /// <summary>Version text of the library, or null if it is missing or its limbs are not 64 bits wide.</summary>
    public static string? Version { get; } = Probe();

    [LibraryImport(Library, EntryPoint = "__gmpn_mul")]
    [SuppressGCTransition]
    public static partial ulong Multiply(ulong* r, ulong* x, nint xn, ulong* y, nint yn);

    [LibraryImport(Library, EntryPoint = "__gmpn_sqr")]
    [SuppressGCTransition]
    public static partial void Square(ulong* r, ulong* x, nint n);

    [LibraryImport(Library, EntryPoint = "__gmpn_tdiv_qr")]
    [SuppressGCTransition]
    public static partial void DivideWithRemainder(ulong* q, ulong* r, nint fractionLimbs, ulong* x, nint xn, ulong* d, nint dn);

    [LibraryImport(Library, EntryPoint = "__gmpz_init2")]
    public static partial void Initialize(Mpz* x, ulong bits);

    [LibraryImport(Library, EntryPoint = "__gmpz_clear")]
    public static partial void Clear(Mpz* x);

    [LibraryImport(Library, EntryPoint = "__gmpz_powm")]
    public static partial void PowerModulo(Mpz* r, Mpz* @base, Mpz* exponent, Mpz* modulus);

    private static string? Probe()
    {
        if (!Environment.Is64BitProcess || !BitConverter.IsLittleEndian
            || !NativeLibrary.TryLoad(Library, Assembly.GetExecutingAssembly(), null, out var handle)
            || !NativeLibrary.TryGetExport(handle, "__gmp_version", out var version)
            || !NativeLibrary.TryGetExport(handle, "__gmp_bits_per_limb", out var limbBits)
            || *(int*)limbBits != 64)
            return null;
        return Marshal.PtrToStringUTF8(*(nint*)version);
    }

    /// <summary>GMP's mpz_t: limbs allocated, limbs used (negative for a negative number), the limbs.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Mpz
    {
        public int Allocated;
        public int Size;
        public ulong* Limbs;
    }
}
