namespace Orleans;

/// <summary>Makes references to grains and to callback objects. Making one calls nothing and cannot fail for want of a grain.</summary>
public interface IGrainFactory
{
    /// <summary>Makes a reference to the grain with a string key.</summary>
    /// <typeparam name="TGrainInterface">The interface to call it through.</typeparam>
    /// <param name="primaryKey">The key; any text that is not empty.</param>
    /// <param name="grainClassNamePrefix">Start of the full name of the class, where several implement the interface.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="ArgumentException">No class, or more than one, implements the interface.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <summary>Makes a reference to the grain with an integer key.</summary>
    /// <typeparam name="TGrainInterface">The interface to call it through.</typeparam>
    /// <param name="primaryKey">The key.</param>
    /// <param name="grainClassNamePrefix">Start of the full name of the class, where several implement the interface.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="ArgumentException">No class, or more than one, implements the interface.</exception>
    TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey;

    /// <summary>Makes a callback object callable. The object is held weakly: whoever wants the calls keeps it alive.</summary>
    /// <typeparam name="TGrainObserverInterface">The callback interface.</typeparam>
    /// <param name="obj">The object; neither a grain nor a reference.</param>
    /// <returns>A new reference, to be handed to grains.</returns>
    /// <exception cref="ArgumentException"><paramref name="obj"/> is a grain or a reference.</exception>
    TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;

    /// <summary>Withdraws a reference that <see cref="CreateObjectReference{TGrainObserverInterface}"/> made: calls through it fail from now on.</summary>
    /// <typeparam name="TGrainObserverInterface">The callback interface.</typeparam>
    /// <param name="obj">The reference, not the object behind it.</param>
    /// <exception cref="ArgumentException"><paramref name="obj"/> is not a reference.</exception>
    void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;
}
