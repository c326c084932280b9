using Chia.Grains.Farmer;
using Chia.Grains.Harvester;
using Chia.Protocol.Primitives;
using Chia.Silo.Node;

namespace Chia.Silo.Keys;

/// <summary>Gives the roles that need them keys and plots. What is missing is said before anything starts.</summary>
internal static class RoleKeys
{
    /// <param name="services">Of the node's host.</param>
    /// <param name="roles">Its roles.</param>
    /// <param name="root">Its folder.</param>
    /// <param name="plotRoot">Folder of the plots; empty for the default.</param>
    /// <param name="mayLackPlots">A harvester begins without any, and reads the list again until there are some: in a pod they are made
    /// where it runs.</param>
    /// <exception cref="UserException">A file is missing or faulty; the message says what to do.</exception>
    public static void Add(
        IServiceCollection services, IReadOnlyCollection<Role> roles, string root, string plotRoot, bool mayLackPlots = false)
    {
        if (roles.Contains(Role.Farmer))
        {
            var keys = KeysFile.ReadFarmer(NodePaths.KeysFile(root));
            services.AddSingleton(keys);
            services.AddSingleton(_ => new FarmerThreads());
        }

        if (roles.Contains(Role.Harvester))
        {
            var plots = PlotsFile.Of(root, plotRoot);
            if (!mayLackPlots && !Path.Exists(NodePaths.PlotsFile(root)))
                throw new UserException(
                    $"there are no plots in {NodePaths.PlotsFile(root)}: make some with: chia plots create --root {root}");
            plots.Load();
            services.AddSingleton<IPlotSource>(plots);
            services.AddSingleton<IPlotOpener, FilePlotOpener>();
            services.AddSingleton(_ => new HarvesterThreads());
        }
    }
}
