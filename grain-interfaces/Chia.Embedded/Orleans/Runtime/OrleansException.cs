namespace Orleans.Runtime;

/// <summary>Base of the exceptions that come from the engine and not from the grain.</summary>
public class OrleansException : Exception
{
    /// <summary>Without a message of its own.</summary>
    public OrleansException()
        : base("The grain engine failed.")
    {
    }

    /// <summary>With a message.</summary>
    /// <param name="message">What happened.</param>
    public OrleansException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Because of what.</param>
    public OrleansException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
