using Chia.Embedded.Engine;
using Orleans.Runtime;

namespace Orleans;

/// <summary>What can be asked of a grain or of a reference to one.</summary>
public static class GrainExtensions
{
    /// <summary>A reference to the same grain through another of its interfaces; from inside of a grain, a reference to itself.</summary>
    /// <typeparam name="TGrainInterface">The interface.</typeparam>
    /// <param name="grain">A grain or a reference.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="ArgumentException"><paramref name="grain"/> is neither.</exception>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) =>
        (TGrainInterface)GrainReference.To(grain, typeof(TGrainInterface));

    /// <summary>The same as <see cref="AsReference{TGrainInterface}"/>.</summary>
    /// <typeparam name="TGrainInterface">The interface.</typeparam>
    /// <param name="grain">A grain or a reference.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="ArgumentException"><paramref name="grain"/> is neither.</exception>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => grain.AsReference<TGrainInterface>();

    /// <summary>The key of a grain with a string key.</summary>
    /// <param name="grain">A grain or a reference.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException"><paramref name="grain"/> is neither a grain nor a reference.</exception>
    public static string GetPrimaryKeyString(this IAddressable grain) => GrainReference.KeyOf(grain);

    /// <summary>The key of a grain with an integer key.</summary>
    /// <param name="grain">A grain or a reference.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException"><paramref name="grain"/> is neither a grain nor a reference.</exception>
    /// <exception cref="InvalidOperationException">Its key is not an integer.</exception>
    public static long GetPrimaryKeyLong(this IAddressable grain) => GrainKey.ParseInteger(GrainReference.KeyOf(grain));
}
