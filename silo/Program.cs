using Chia.Silo.Commands;

return await ChiaCommand.Run(args);
