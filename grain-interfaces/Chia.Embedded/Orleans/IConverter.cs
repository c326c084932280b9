namespace Orleans;

/// <summary>Lets a type that knows nothing of Orleans cross process borders, as another one. Never called in one process.</summary>
/// <typeparam name="TValue">The type that crosses.</typeparam>
/// <typeparam name="TSurrogate">What is written in its place.</typeparam>
public interface IConverter<TValue, TSurrogate>
    where TSurrogate : struct
{
    /// <summary>Makes the value from what was read.</summary>
    /// <param name="surrogate">What was read.</param>
    /// <returns>The value.</returns>
    TValue ConvertFromSurrogate(in TSurrogate surrogate);

    /// <summary>Makes what is to be written.</summary>
    /// <param name="value">The value.</param>
    /// <returns>What is written in its place.</returns>
    TSurrogate ConvertToSurrogate(in TValue value);
}
