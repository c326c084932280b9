namespace Orleans;

/// <summary>How long activations of this class may be idle before they are ended, in place of the engine's option.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class CollectionAgeLimitAttribute : Attribute
{
    /// <summary>Shorter ages count as this: one minute.</summary>
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    /// <summary>Days to be added up.</summary>
    public double Days { get; set; }

    /// <summary>Hours to be added up.</summary>
    public double Hours { get; set; }

    /// <summary>Minutes to be added up.</summary>
    public double Minutes { get; set; }

    /// <summary>Never end an idle activation.</summary>
    public bool AlwaysActive { get; set; }

    /// <summary>The sum, not less than <see cref="MinAgeLimit"/>.</summary>
    public TimeSpan AgeLimit
    {
        get
        {
            var sum = AlwaysActive
                ? TimeSpan.FromDays(short.MaxValue)
                : TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            return sum < MinAgeLimit ? MinAgeLimit : sum;
        }
    }
}
