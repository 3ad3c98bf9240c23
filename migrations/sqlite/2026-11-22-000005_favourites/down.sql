DROP TABLE usual_doses;
DROP TABLE favourites;
